import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { Avatar } from '@/components/Avatar'
import { Badge } from '@/components/Badge'
import { Button } from '@/components/Button'
import { Row, Rows } from '@/components/Card'
import { DotsIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Menu, MenuItem } from '@/components/Menu'
import { RowsSkeleton } from '@/components/Skeleton'
import { api, take, type Wire } from '@/lib/api'
import { useMember } from '@/lib/session'

import { members, requests, type ClubDetail } from './queries'
import { useT } from './t'

type Role = Wire<'ClubMember'>['role']

/** Who is in, who wants in, and what those who may do with both. */
export function Members({ club }: { club: ClubDetail }) {
  const t = useT()
  const query = useInfiniteQuery(members(club.slug))
  return (
    <div className="py-3">
      {club.can.includes('admit') && <Requests club={club} />}
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap(({ data }) => data) }}
        skeleton={<RowsSkeleton />}
      >
        {(all) => (
          <Rows>
            {all.map((member) => (
              <Row
                key={member.person.id}
                lead={<Avatar person={member.person} size={40} />}
                title={
                  <Link to="/m/$handle" params={{ handle: member.person.handle }} className="hover:underline">
                    {member.person.name}
                  </Link>
                }
                detail={`@${member.person.handle}`}
                end={<Standing club={club} member={member} />}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('members.more')}
        </Button>
      )}
    </div>
  )
}

const ROLES: readonly Role[] = ['owner', 'admin', 'member']

function Standing({ club, member }: { club: ClubDetail; member: Wire<'ClubMember'> }) {
  const t = useT()
  const me = useMember()
  const cache = useQueryClient()
  const path = { club: club.slug, member_id: member.person.id }
  const refetch = () => cache.invalidateQueries({ queryKey: ['clubs', club.slug] })
  const change = useMutation({
    mutationFn: (role: Role) =>
      take(api.PUT('/api/v1/clubs/{club}/members/{member_id}', { params: { path }, body: { role } })),
    onSuccess: refetch,
  })
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/clubs/{club}/members/{member_id}', { params: { path } }),
    onSuccess: refetch,
  })
  const isMe = member.person.id === me.id
  const mayAssign = club.can.includes('assign_roles') && !isMe
  const mayRemove = club.can.includes('remove_members') && !isMe && member.role === 'member'
  return (
    <span className="flex items-center gap-2">
      {member.role !== 'member' && <Badge tone="accent">{t(`role.${member.role}`)}</Badge>}
      {(mayAssign || mayRemove) && (
        <Menu label={t('members.menu', { name: member.person.name })} icon={DotsIcon} compact>
          {mayAssign &&
            ROLES.filter((role) => role !== member.role).map((role) => (
              <MenuItem key={role} onSelect={() => change.mutate(role)}>
                {t('role.make', { role })}
              </MenuItem>
            ))}
          {mayRemove && <MenuItem onSelect={() => remove.mutate()}>{t('role.remove')}</MenuItem>}
        </Menu>
      )}
    </span>
  )
}

function Requests({ club }: { club: ClubDetail }) {
  const t = useT()
  const cache = useQueryClient()
  const query = useQuery(requests(club.slug))
  const answer = useMutation({
    mutationFn: ({ memberId, isWelcome }: { memberId: string; isWelcome: boolean }) => {
      const params = { path: { club: club.slug, member_id: memberId } }
      return isWelcome
        ? api.POST('/api/v1/clubs/{club}/requests/{member_id}/approve', { params })
        : api.POST('/api/v1/clubs/{club}/requests/{member_id}/decline', { params })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['clubs', club.slug] }),
  })
  const open = query.data?.data ?? []
  if (open.length === 0) return null
  return (
    <section className="mb-4 rounded-card bg-accent-soft px-4 py-2">
      <h2 className="pt-2 text-md font-semibold">{t('requests', { n: open.length })}</h2>
      <Rows>
        {open.map(({ person, note }) => (
          <Row
            key={person.id}
            lead={<Avatar person={person} size={40} />}
            title={person.name}
            detail={note}
            end={
              <span className="flex gap-2">
                <Button
                  size="sm"
                  tone="accent"
                  onClick={() => answer.mutate({ memberId: person.id, isWelcome: true })}
                >
                  {t('requests.yes')}
                </Button>
                <Button size="sm" onClick={() => answer.mutate({ memberId: person.id, isWelcome: false })}>
                  {t('requests.no')}
                </Button>
              </span>
            }
          />
        ))}
      </Rows>
    </section>
  )
}
