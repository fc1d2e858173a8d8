/** One text in both languages. `{name}` stands for a value that is filled in. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Bilingual

/** Texts by name; a text without one of the languages does not compile. */
export type Words = Readonly<Record<string, Bilingual>>
