import { expect, test } from 'vitest'
import { mergeOpenApi, OpenApiConflict } from './merged-openapi.ts'

const problem = { type: 'object' }

test('paths and components of all services come together', () => {
  const merged = mergeOpenApi([
    { paths: { '/a': {} }, components: { schemas: { Problem: problem } } },
    { paths: { '/b': {} }, components: { schemas: { Problem: { ...problem }, Case: {} } } },
  ])
  expect(merged.paths).toEqual({ '/a': {}, '/b': {} })
  expect(merged.components).toEqual({ schemas: { Problem: problem, Case: {} } })
})

test('one name for two different things is an error, not a silent choice', () => {
  const other = { components: { schemas: { Problem: { type: 'string' } } } }
  expect(() => mergeOpenApi([{ components: { schemas: { Problem: problem } } }, other])).toThrow(OpenApiConflict)
})
