import dayGrid from '@fullcalendar/react/daygrid'

import { MonthAndWeek, type SheetProps } from './MonthAndWeek'

/** The month, with only the machinery a month needs. */
export function Month(props: SheetProps) {
  return <MonthAndWeek {...props} view="month" plugin={dayGrid} />
}
