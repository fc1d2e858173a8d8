import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { OidcConfig } from './oidc-config.ts'
import type { Claims } from './oidc-user.ts'

/** What one sign-in is bound to: it stays with the browser that began it. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The provider as a client sees it: authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636). */
export class OidcProviderLink {
  readonly #config: OidcConfig
  readonly #redirectUri: string
  #discovered: Promise<Configuration> | undefined

  /** @param redirectUri where the provider sends browsers back to, as it is registered there */
  constructor(config: OidcConfig, redirectUri: string) {
    this.#config = config
    this.#redirectUri = redirectUri
  }

  /** @throws where the provider cannot be asked who it is; the next one asks again */
  async begin(): Promise<{ readonly url: string; readonly attempt: Attempt }> {
    const provider = await this.#provider()
    const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, attempt }
  }

  /**
   * What the provider says of who came back with `query`.
   * @throws where the answer is not to this attempt, the provider refused, or its tokens do not hold
   */
  async finish(query: string, { state, nonce, verifier }: Attempt): Promise<Claims> {
    const provider = await this.#provider()
    const tokens = await authorizationCodeGrant(provider, new URL(`${this.#redirectUri}${query}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims: Claims = tokens.claims() ?? {}
    // Most providers tell roles and names there alone.
    if (provider.serverMetadata().userinfo_endpoint === undefined) return claims
    return { ...claims, ...(await fetchUserInfo(provider, tokens.access_token, String(claims.sub))) }
  }

  #provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#config
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : []
    this.#discovered ??= discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: 10 }).catch(
      (error: unknown) => {
        this.#discovered = undefined
        throw error
      },
    )
    return this.#discovered
  }
}
