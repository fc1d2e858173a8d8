/** What is wrong with a field, `path` as `parameters.ratedLoad`. */
export interface Violation {
  readonly path: string
  readonly message: string
}

/** A change to the registry that would contradict what else it holds. Nothing of it was kept. */
export class EquipmentRefusedError extends Error {
  override readonly name = 'EquipmentRefusedError'
  readonly code = 'EQUIPMENT_REFUSED'
  readonly violations: readonly Violation[]

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ path, message }) => `${path}: ${message}`).join('; '))
    this.violations = violations
  }
}
