import { useEffect, useRef } from 'react'

type Keys = Readonly<Record<string, (() => void) | undefined>>

/** Where a letter is a letter. */
const typed = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]'

/** Presses of single keys, as `KeyboardEvent.key` names them in small letters, wherever nobody is typing and nothing else is held. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      const act = latest.current[event.key.toLowerCase()]
      const inField = event.target instanceof Element && event.target.matches(typed)
      if (act === undefined || (inField && event.key.length === 1)) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
