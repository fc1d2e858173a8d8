import type { ComponentProps, MouseEvent } from 'react'
import { go } from '../route.ts'

/** A link within the app: a plain press stays in the page, any other way of opening is the browser's. */
export function AppLink({ href, ...rest }: ComponentProps<'a'> & { readonly href: string }) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
  }
  return <a href={href} onClick={follow} {...rest} />
}
