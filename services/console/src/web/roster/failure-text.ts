import { type Bilingual, dictionary, lookUp } from '../dictionary/dictionary.ts'

const { noticeWords, undeliveredWords } = dictionary

/** Why a message did not go through: the desk's own reasons in the reader's language, a gateway's status as it is. */
export function failureText(
  error: string,
  say: (words: Bilingual, values?: Readonly<Record<string, unknown>>) => string,
): string {
  const [, seconds] = /^no answer in ([\d.]+) s$/.exec(error) ?? []
  return seconds === undefined ? say(lookUp(undeliveredWords, error)) : say(noticeWords.noAnswer, { n: seconds })
}
