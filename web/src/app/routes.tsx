import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router'

import { membersOnly, strangersOnly } from './door'
import { Shell } from './shell/Shell'

/** Where everything is. A route names its address and its screen; the screen's code is fetched when it is opened. */
const root = createRootRouteWithContext<{ cache: QueryClient }>()({ component: Outlet })

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** A place in a room's sequence. */
const place = (value: unknown) => {
  const seq = Number(value)
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined
}

// The door: no shell around it.
const door = createRoute({ getParentRoute: () => root, id: 'door' })
const at = () => door
const next = (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) })
const token = (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) })

const doorRoutes = [
  createRoute({
    getParentRoute: at,
    path: '/sign-in',
    validateSearch: next,
    beforeLoad: strangersOnly,
    component: lazyRouteComponent(() => import('@/features/auth/SignInScreen'), 'SignInScreen'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/sign-up',
    validateSearch: next,
    beforeLoad: strangersOnly,
    component: lazyRouteComponent(() => import('@/features/auth/SignUpScreen'), 'SignUpScreen'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/verify',
    validateSearch: token,
    component: lazyRouteComponent(() => import('@/features/auth/VerifyScreen'), 'VerifyScreen'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/reset',
    validateSearch: token,
    component: lazyRouteComponent(() => import('@/features/auth/ResetScreen'), 'ResetScreen'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/dev/mail',
    component: lazyRouteComponent(() => import('@/features/auth/MailScreen'), 'MailScreen'),
  }),
  ...(import.meta.env.DEV
    ? [
        createRoute({
          getParentRoute: at,
          path: '/dev/gallery',
          component: lazyRouteComponent(() => import('@/features/gallery/GalleryScreen'), 'GalleryScreen'),
        }),
      ]
    : []),
] as const

// The house: for members, inside the shell.
const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  beforeLoad: membersOnly,
  component: Shell,
})
const inside = () => house

const homeRoute = createRoute({
  getParentRoute: inside,
  path: '/',
  validateSearch: (
    search,
  ): { tab?: 'following' | 'clubs' | 'for-you'; compose?: boolean; club?: string } => ({
    tab: (['following', 'clubs', 'for-you'] as const).find((tab) => tab === search.tab),
    compose: search.compose === true ? true : undefined,
    club: text(search.club),
  }),
  component: lazyRouteComponent(() => import('@/features/home/HomeScreen'), 'HomeScreen'),
})

const clubsRoute = createRoute({
  getParentRoute: inside,
  path: '/clubs',
  component: lazyRouteComponent(() => import('@/features/clubs/ClubsScreen'), 'ClubsScreen'),
})

const clubRoute = createRoute({
  getParentRoute: inside,
  path: '/c/$slug',
  validateSearch: (search): { tab?: string; invite?: string } => ({
    tab: text(search.tab),
    invite: text(search.invite),
  }),
  component: lazyRouteComponent(() => import('@/features/clubs/ClubScreen'), 'ClubScreen'),
})

const postRoute = createRoute({
  getParentRoute: inside,
  path: '/p/$postId',
  component: lazyRouteComponent(() => import('@/features/home/PostScreen'), 'PostScreen'),
})

const chatRoute = createRoute({
  getParentRoute: inside,
  path: '/chat',
  component: lazyRouteComponent(() => import('@/features/chat/ChatScreen'), 'ChatScreen'),
})

// A child of /chat, so that the list of rooms stays where it is when another room is opened. ChatScreen renders an Outlet.
const roomRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: '/$roomId',
  validateSearch: (
    search,
  ): { at?: number; thread?: string; panel?: 'pins' | 'search' | 'info' | 'keys' | 'thread' } => ({
    at: place(search.at),
    thread: text(search.thread),
    panel: (['pins', 'search', 'info', 'keys'] as const).find((panel) => panel === search.panel),
  }),
  component: lazyRouteComponent(() => import('@/features/chat/RoomScreen'), 'RoomScreen'),
})

const calendarRoute = createRoute({
  getParentRoute: inside,
  path: '/calendar',
  validateSearch: (
    search,
  ): { view?: 'agenda' | 'week' | 'month'; on?: string; club?: string; answer?: 'mine' | 'open' } => ({
    view: (['agenda', 'week', 'month'] as const).find((view) => view === search.view),
    on: text(search.on),
    club: text(search.club),
    answer: (['mine', 'open'] as const).find((answer) => answer === search.answer),
  }),
  component: lazyRouteComponent(() => import('@/features/calendar/CalendarScreen'), 'CalendarScreen'),
})

const eventRoute = createRoute({
  getParentRoute: inside,
  path: '/e/$eventId',
  component: lazyRouteComponent(() => import('@/features/events/EventScreen'), 'EventScreen'),
})

const scheduleRoute = createRoute({
  getParentRoute: inside,
  path: '/schedule',
  validateSearch: (search): { club?: string; event?: string } => ({
    club: text(search.club),
    event: text(search.event),
  }),
  component: lazyRouteComponent(() => import('@/features/events/ScheduleScreen'), 'ScheduleScreen'),
})

const reelsRoute = createRoute({
  getParentRoute: inside,
  path: '/reels',
  validateSearch: (search): { reel?: string; upload?: boolean } => ({
    reel: text(search.reel),
    upload: search.upload === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/reels/ReelsScreen'), 'ReelsScreen'),
})

const picksRoute = createRoute({
  getParentRoute: inside,
  path: '/picks',
  validateSearch: (search): { league?: string; round?: string } => ({
    league: text(search.league),
    round: text(search.round),
  }),
  component: lazyRouteComponent(() => import('@/features/picks/PicksScreen'), 'PicksScreen'),
})

const leaderboardRoute = createRoute({
  getParentRoute: inside,
  path: '/leaderboard',
  validateSearch: (search): { club?: string; period?: 'week' | 'month' | 'season' } => ({
    club: text(search.club),
    period: (['week', 'month', 'season'] as const).find((period) => period === search.period),
  }),
  component: lazyRouteComponent(() => import('@/features/picks/LeaderboardScreen'), 'LeaderboardScreen'),
})

const searchRoute = createRoute({
  getParentRoute: inside,
  path: '/search',
  validateSearch: (search): { q?: string; kind?: string } => ({ q: text(search.q), kind: text(search.kind) }),
  component: lazyRouteComponent(() => import('@/features/search/SearchScreen'), 'SearchScreen'),
})

const notificationsRoute = createRoute({
  getParentRoute: inside,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('@/features/notifications/NotificationsScreen'),
    'NotificationsScreen',
  ),
})

const profileRoute = createRoute({
  getParentRoute: inside,
  path: '/m/$handle',
  component: lazyRouteComponent(() => import('@/features/profile/ProfileScreen'), 'ProfileScreen'),
})

const settingsRoute = createRoute({
  getParentRoute: inside,
  path: '/settings',
  validateSearch: (search): { part?: string } => ({ part: text(search.part) }),
  component: lazyRouteComponent(() => import('@/features/settings/SettingsScreen'), 'SettingsScreen'),
})

const reportedRoute = createRoute({
  getParentRoute: inside,
  path: '/reported',
  component: lazyRouteComponent(() => import('@/features/chat/ReportedScreen'), 'ReportedScreen'),
})

export const routeTree = root.addChildren([
  door.addChildren(doorRoutes),
  house.addChildren([
    homeRoute,
    clubsRoute,
    clubRoute,
    postRoute,
    chatRoute.addChildren([roomRoute]),
    calendarRoute,
    eventRoute,
    scheduleRoute,
    reelsRoute,
    picksRoute,
    leaderboardRoute,
    searchRoute,
    notificationsRoute,
    profileRoute,
    settingsRoute,
    reportedRoute,
  ]),
])
