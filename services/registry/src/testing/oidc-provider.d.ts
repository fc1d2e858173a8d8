/** As much of the package as the tests use; its published types bring another copy of Node's. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  interface Account {
    readonly accountId: string
    claims(): Readonly<Record<string, unknown>>
  }
  export class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly {
          readonly client_id: string
          readonly client_secret: string
          readonly redirect_uris: readonly string[]
        }[]
        readonly claims: Readonly<Record<string, readonly string[]>>
        readonly pkce: { required(): boolean }
        readonly cookies: { readonly keys: readonly string[] }
        findAccount(context: unknown, accountId: string): Account
      },
    )
    callback(): RequestListener
  }
}
