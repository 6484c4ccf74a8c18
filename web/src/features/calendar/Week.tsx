import timeGrid from '@fullcalendar/react/timegrid'

import { MonthAndWeek, type SheetProps } from './MonthAndWeek'

/** The week by its hours, with only the machinery that needs. */
export function Week(props: SheetProps) {
  return <MonthAndWeek {...props} view="week" plugin={timeGrid} />
}
