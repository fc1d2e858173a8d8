/** A number to call, large and in groups as it is read aloud. */
export function Phone({ number }: { readonly number: string }) {
  return (
    <a className="phone" href={`tel:${number}`}>
      {grouped(number)}
    </a>
  )
}

/** A mobile number as 3-4-4; others stay as they are. */
const grouped = (number: string): string => number.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3')
