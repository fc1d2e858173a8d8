import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { DemoDistrict } from '../demo-district.ts'

/** Pages of the console as users of the demo district see them; a page is loaded once and used by one after the other. */
export class DeskBrowser {
  readonly #browser: Browser
  readonly #district: DemoDistrict

  constructor(browser: Browser, district: DemoDistrict) {
    this.#browser = browser
    this.#district = district
  }

  /** A page at the sign-in, in a session of its own. */
  async open(size = { width: 1366, height: 768 }): Promise<Page> {
    const page = await (await this.#browser.newContext({ viewport: size })).newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(this.#district.url)
    await page.getByTestId('sign-in-name').waitFor()
    return page
  }

  /** Somebody of the role signs in where nobody is. */
  async signIn(page: Page, role: string): Promise<void> {
    const user = this.#district.credentials.users.find((candidate) => candidate.role === role)
    if (user === undefined) throw new Error(`the demo district has no ${role}`)
    await signInAs(page, user.name, user.password)
  }

  /** A page with somebody of the role signed in. */
  async openAs(role: string): Promise<Page> {
    const page = await this.open()
    await this.signIn(page, role)
    return page
  }
}

export async function signInAs(page: Page, name: string, password: string): Promise<void> {
  await page.getByTestId('sign-in-name').fill(name)
  await page.getByTestId('sign-in-password').fill(password)
  await page.getByTestId('sign-in-submit').click()
  await page.getByTestId('navigation').waitFor()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByTestId('sign-out').click()
  await page.getByTestId('sign-in-name').waitFor()
}

/** Goes to an address of the app as by a link in it, without loading the app anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  const address = JSON.stringify(path)
  await page.evaluate(`history.pushState(null, '', ${address}); dispatchEvent(new PopStateEvent('popstate'))`)
}

/** Begins a call by keyboard alone: the machine and the caller's number. */
export async function takeCall(page: Page, rescueCode: string, callerPhone: string): Promise<void> {
  await goTo(page, '/')
  await page.keyboard.press('n')
  await page.getByTestId('new-case-form').waitFor()
  await page.keyboard.type(rescueCode)
  await page.locator('[data-testid=new-case-device][aria-pressed=true]').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(callerPhone)
}

/** Opens the case. @returns its id */
export async function openedCase(page: Page): Promise<string> {
  await page.getByTestId('new-case-submit').click()
  await page.getByTestId('new-case-form').waitFor({ state: 'detached' })
  const shown = page.getByTestId('incident')
  await shown.waitFor()
  return (await shown.getAttribute('data-incident-id')) ?? ''
}

/** Keeps what is on the page for the documents in both languages, where SCREENSHOTS is set. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  for (const language of ['en', 'zh'] as const) {
    await speak(page, language)
    const path = fileURLToPath(new URL(`../../docs/images/${name}-${language}.png`, import.meta.url))
    await page.screenshot({ path })
  }
}

/** By the switch, which leaves everything else as it is; the wall, which has none, is loaded anew. */
async function speak(page: Page, language: 'zh' | 'en'): Promise<void> {
  const spoken = page.locator(`html[lang="${language === 'zh' ? 'zh-CN' : 'en'}"]`)
  if ((await spoken.count()) > 0) return
  const languageSwitch = page.getByTestId('language-switch')
  if ((await languageSwitch.count()) > 0) await languageSwitch.click()
  else {
    await page.evaluate((wanted) => localStorage.setItem('lifeline.language', wanted), language)
    await page.reload()
    await page.locator('[data-testid=link-state][data-link=live]').waitFor()
  }
  await spoken.waitFor()
}
