import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rulesDocument } from './rules-document.ts'

test('docs/rules.md and its pictures are as the code says; pnpm docs:rules writes them', () => {
  for (const [path, text] of rulesDocument()) {
    expect(readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8'), path).toBe(text)
  }
})
