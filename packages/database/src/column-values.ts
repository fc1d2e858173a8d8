const int8 = 20
const date = 1082

/**
 * How the columns come back that PostgreSQL's client and the embedded one read differently: a bigint as a number
 * (ours are milliseconds and counts, far below 2^53) and a date as `YYYY-MM-DD`, which no time zone can shift.
 */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [int8]: Number,
  [date]: (text) => text,
}
