export { crane, hoist, lift } from './equipment.ts'
export { LogBuilder, start } from './log-builder.ts'
export { type RuleVector, ruleVectors } from './rule-vectors.ts'
