import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { type Bilingual, dictionary, type Language, textOf } from './dictionary/dictionary.ts'

interface Speaking {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  /** The text in the language of the screen. */
  readonly say: (words: Bilingual, values?: Readonly<Record<string, unknown>>) => string
}

const storageKey = 'lifeline.language'
const LanguageContext = createContext<Speaking | undefined>(undefined)

/** Chinese unless English was chosen here before. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    localStorage.setItem(storageKey, language)
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.title = textOf(dictionary.frameWords.product, language)
  }, [language])
  const speaking = useMemo<Speaking>(
    () => ({ language, setLanguage, say: (words, values) => textOf(words, language, values) }),
    [language],
  )
  return <LanguageContext value={speaking}>{children}</LanguageContext>
}

export function useLanguage(): Speaking {
  const speaking = use(LanguageContext)
  if (speaking === undefined) throw new Error('useLanguage needs a LanguageProvider around it')
  return speaking
}
