/** One process's metrics, Prometheus text format. */
export interface Exposition {
  readonly service: string
  /** Tells it from the others of its service. */
  readonly instance?: string
  readonly text: string
}

interface Family {
  readonly heads: Map<string, string>
  readonly samples: string[]
}

const headPattern = /^# (HELP|TYPE) (\S+)/

/**
 * The metrics of several services as one text: each sample gets a label `service`, and `instance` where one is given, and what two both have
 * stands under one HELP and TYPE, as the format demands.
 */
export function mergeMetrics(expositions: readonly Exposition[]): string {
  const families = new Map<string, Family>()
  const familyOf = (name: string): Family => {
    const known = families.get(name)
    if (known !== undefined) return known
    const family = { heads: new Map<string, string>(), samples: [] }
    families.set(name, family)
    return family
  }
  for (const { service, instance, text } of expositions) {
    const labels = `service="${service}"${instance === undefined ? '' : `,instance="${instance}"`}`
    let announced: string | undefined
    for (const line of text.split('\n')) {
      const [, head, name] = headPattern.exec(line) ?? []
      if (head !== undefined && name !== undefined) {
        announced = name
        const { heads } = familyOf(name)
        if (!heads.has(head)) heads.set(head, line)
      } else if (line !== '' && !line.startsWith('#')) {
        const sample = sampleName(line)
        const family = announced !== undefined && belongs(sample, announced) ? announced : sample
        familyOf(family).samples.push(labelled(line, labels))
      }
    }
  }
  return [...families.values()].map(({ heads, samples }) => `${[...heads.values(), ...samples].join('\n')}\n`).join('')
}

/** Samples of a histogram or summary have longer names than the family that the lines before them announced. */
const belongs = (sample: string, family: string): boolean =>
  sample.startsWith(family) && ['', '_bucket', '_sum', '_count'].includes(sample.slice(family.length))

const sampleName = (line: string): string => /^[^\s{]+/.exec(line)?.[0] ?? line

function labelled(line: string, label: string): string {
  const name = sampleName(line)
  const rest = line.slice(name.length)
  if (!rest.startsWith('{')) return `${name}{${label}}${rest}`
  return rest.startsWith('{}') ? `${name}{${label}}${rest.slice(2)}` : `${name}{${label},${rest.slice(1)}`
}
