import { type CatalogueEntry, ruleCatalogue } from '@lifeline/rules'
import { type RuleVector, ruleVectors } from '@lifeline/rules/testing'
import { vectorPlot } from './vector-plot.ts'

const intro = `# Rules

Generated from the code by \`pnpm docs:rules\`; a test fails where it is not up to date.

Each rule is a module of \`packages/rules\`. A setting is a number that an operator may change for a device
(\`PUT /api/v1/devices/{deviceId}/settings\`); one marked _only lower_ or _only higher_ is a safety limit that may be
tightened and set back to its default, never loosened. The mark behind a source says how well it is known: **V** read in
the standard or an official document, **V2** quoted by a secondary text, **V code** practice of deployed systems, **M**
from memory, to be checked by the operator, **design** our own choice.

The pictures show the field that matters over time, one frame a second: on the left the condition (from 0 s on), on the
right what is just not the condition. The red band is the time during which the incident is open.
`

const kindNames = {
  elevator: '电梯 elevator',
  'tower-crane': '塔式起重机 tower crane',
  hoist: '施工升降机 hoist',
} as const

/** `docs/rules.md` and its pictures, by path below `docs/`. */
export function rulesDocument(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const sections = ruleCatalogue.map((entry) => {
    const vectors = ruleVectors.filter(
      ({ rule, equipment }) => rule === entry.rule && entry.kinds.includes(equipment.kind),
    )
    for (const vector of vectors) files.set(pathOf(vector), vectorPlot(vector))
    return section(entry, vectors)
  })
  return files.set('rules.md', [intro, ...sections].join('\n'))
}

const pathOf = ({ rule, equipment }: RuleVector): string => `rules/${equipment.kind}-${rule}.svg`

function section(
  { rule, kinds, version, title, predicate, reports, settings }: CatalogueEntry,
  vectors: readonly RuleVector[],
): string {
  const rows = settings.map(({ name, default: value, unit, source, confidence, only, range }) =>
    row([
      `\`${name}\``,
      `${value} ${unit}`,
      `${range.map(short).join(' to ')}${only === undefined ? '' : ` (only ${only})`}`,
      `${source} (${confidence})`,
    ]),
  )
  return [
    `## ${title.zh} · ${title.en}`,
    '',
    `\`${rule}\` · ${kinds.map((kind) => kindNames[kind]).join(', ')} · version ${version}`,
    '',
    predicate.zh,
    '',
    predicate.en,
    '',
    ...(reports.length > 0
      ? [`Reported by the machine itself: ${reports.map((slug) => `\`${slug}\``).join(', ')}.`, '']
      : []),
    ...vectors.flatMap((vector) => [`![${vector.shows}](${pathOf(vector)})`, '', `Shown: ${vector.shows}.`, '']),
    row(['setting', 'default', 'range', 'source']),
    row(['---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n')
}

const short = (value: number): number => Math.round(value * 100) / 100

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
