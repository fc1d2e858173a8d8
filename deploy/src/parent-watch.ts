import { commandOf, parentOf } from './process-table.ts'

const shells = new Set(['sh', 'dash', 'bash', 'zsh', 'ash', 'ksh'])
const runner = /(^|\/)(npm|npx|pnpm|pnpx|corepack)\b/

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * The package runners that started this process, nearest first: `npx pnpm start` stands as
 * sh, pnpm, sh, npx above it. Empty where it was started directly.
 */
export function packageRunners(): number[] {
  const chain: number[] = []
  let runners = 0
  for (let pid = parentOf(process.pid); pid !== undefined && pid > 1; pid = parentOf(pid)) {
    const [program = '', script = ''] = commandOf(pid)
    const isShell = shells.has(nameOf(program))
    const isRunner = !isShell && (runner.test(program) || runner.test(script))
    if (!isShell && !isRunner) break
    chain.push(pid)
    // A shell above the last runner is the person's own, who may leave.
    if (isRunner) runners = chain.length
  }
  return chain.slice(0, runners)
}

/**
 * Calls `onGone` once one of the package runners above has ended without handing on a signal: whoever ended it wanted
 * this process to end too.
 * @returns a function that stops watching
 */
export function watchPackageRunners(onGone: () => void): () => void {
  const chain = packageRunners()
  if (chain.length === 0) return () => {}
  const isWhole = (): boolean => chain.every((pid, i) => parentOf(chain[i - 1] ?? process.pid) === pid)
  const timer = setInterval(() => {
    if (isWhole()) return
    clearInterval(timer)
    onGone()
  }, 250)
  timer.unref()
  return () => clearInterval(timer)
}
