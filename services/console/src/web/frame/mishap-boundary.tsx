import { Component, type ReactNode } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'

/** Where the app itself fails it says so and offers to start anew: never an empty screen. */
export class MishapBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Mishap error={this.state.error} />
  }
}

function Mishap({ error }: { readonly error: unknown }) {
  const { say } = useLanguage()
  return (
    <main className="mishap" role="alert">
      <h1>{say(dictionary.frameWords.mishap)}</h1>
      <button type="button" className="warning warning-sound" onClick={() => location.reload()}>
        {say(dictionary.frameWords.reload)}
      </button>
      <pre>{String(error)}</pre>
    </main>
  )
}
