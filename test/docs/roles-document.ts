import { type Role, roles } from '@lifeline/contracts'

/** What an OpenAPI document of ours says of an operation. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** Undefined: nobody has to sign in. */
  readonly roles: readonly Role[] | undefined
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { 'x-roles'?: readonly Role[]; 'x-open'?: true }>>>>
}

/** Every operation, by path and method. @throws Error where one does not say who may call it */
function operationsOf({ paths }: Document): Operation[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const may = operation['x-roles']
      if (may === undefined && operation['x-open'] !== true)
        throw new Error(`${method} ${path} does not say whom it is for`)
      return { method: method.toUpperCase(), path, roles: may }
    }),
  )
  return all.toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
}

/** Every operation of a running product. @param url of the console */
export async function operationsAt(url: string): Promise<Operation[]> {
  return operationsOf((await (await fetch(`${url}/api/openapi.json`)).json()) as Document)
}

/** `docs/roles.md`: one row for each operation, one column for each role. */
export function rolesDocument(operations: readonly Operation[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rows = operations.map(({ method, path, roles: may }) =>
    row([
      `\`${method} ${path}\``,
      ...roles.map((role) => (may === undefined ? 'open' : may.includes(role) ? '✓' : '')),
    ]),
  )
  return [intro, row(['', ...roles]), row(['---', ...roles.map(() => ':-:')]), ...rows, ''].join('\n')
}

const intro = `# Who may do what

Generated from the running services' OpenAPI documents (\`x-roles\`) by \`node test/docs/write-roles-document.ts\`; every
cell is tested by a call. ✓ may call it, empty is refused with 403, and without a session everything is 401 but what is
open: there a password, a link's token or a signature says who calls.

A maintenance unit and a rescuer see and act on the machines and cases of their unit only: those it maintains, or that
were assigned to it.
`
