import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'

/** When a case's row was put into the page, and when a frame with it was shown, ms since the Unix epoch. */
export interface RowTimes {
  readonly inDom: number
  readonly shown?: number
}

/** Runs in the page, where this program's types do not reach. */
const watchRows = `{
  const times = {}
  window.rowTimes = times
  const now = () => performance.timeOrigin + performance.now()
  const appeared = (row, inDom) => {
    const id = row.dataset.incidentId
    if (id in times) return
    times[id] = { inDom }
    // The task after a frame's callbacks: it is painted by then.
    requestAnimationFrame(() => setTimeout(() => { times[id].shown = now() }))
  }
  new MutationObserver((changes) => {
    const inDom = now()
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue
      if (node.matches('[data-incident-id]')) appeared(node, inDom)
      for (const row of node.querySelectorAll('[data-incident-id]')) appeared(row, inDom)
    }
  }).observe(document.body, { childList: true, subtree: true })
}`

/** A dispatcher's Chromium at the queue, which notes when rows appear. */
export class DeskScreen {
  readonly #browser: Browser
  readonly #page: Page

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  static async open(url: string, name: string, password: string): Promise<DeskScreen> {
    const browser = await openBrowser()
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
    await page.goto(url)
    await page.getByTestId('sign-in-name').fill(name)
    await page.getByTestId('sign-in-password').fill(password)
    await page.getByTestId('sign-in-submit').click()
    await page.getByTestId('queue-filter').waitFor({ timeout: 60_000 })
    await page.evaluate(watchRows)
    return new DeskScreen(browser, page)
  }

  /** By the case's id. */
  rowTimes(): Promise<Record<string, RowTimes>> {
    return this.#page.evaluate('window.rowTimes')
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
