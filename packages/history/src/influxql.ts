const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', "'": "\\'", '\n': '\\n' }

const escaped = (text: string): string => text.replace(/[\\"'\n]/g, (character) => escapes[character] as string)

/** A database, measurement, field or tag name as InfluxQL takes it, whatever is in it. */
export const identifier = (name: string): string => `"${escaped(name)}"`

/** A string value as InfluxQL takes it, whatever is in it. */
export const literal = (text: string): string => `'${escaped(text)}'`
