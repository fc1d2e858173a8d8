import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { MishapBoundary } from './frame/mishap-boundary.tsx'
import { LanguageProvider } from './language.tsx'
import './style/base.css'
import './style/frame.css'
import './style/queue.css'
import './style/incident.css'
import './style/form.css'
import './style/call.css'
import './style/page.css'
import './style/map.css'
import './style/wall.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// Styles that components add while they run carry this, or the page's security policy refuses them.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <MishapBoundary>
        <App nonce={nonce} />
      </MishapBoundary>
    </LanguageProvider>
  </StrictMode>,
)
