import type { Equipment, Unit } from '@lifeline/contracts'

/** The devices and units as the registry publishes them. */
export class Directory {
  readonly #equipment = new Map<string, Equipment>()
  readonly #byRescueCode = new Map<string, string>()
  readonly #units = new Map<string, Unit>()
  /** All that the registry had published has been read once; until then nobody can be assigned. */
  complete = false

  get units(): ReadonlyMap<string, Unit> {
    return this.#units
  }

  equipment(deviceId: string): Equipment | undefined {
    return this.#equipment.get(deviceId)
  }

  /** The device with these six digits on its use mark. */
  byRescueCode(rescueCode: string): Equipment | undefined {
    return this.equipment(this.#byRescueCode.get(rescueCode) ?? '')
  }

  setEquipment(deviceId: string, equipment: Equipment | undefined): void {
    const before = this.#equipment.get(deviceId)?.rescueCode
    // Another device may have been given the code meanwhile.
    if (before !== undefined && this.#byRescueCode.get(before) === deviceId) this.#byRescueCode.delete(before)
    if (equipment === undefined) {
      this.#equipment.delete(deviceId)
      return
    }
    this.#equipment.set(deviceId, equipment)
    if (equipment.rescueCode !== undefined) this.#byRescueCode.set(equipment.rescueCode, deviceId)
  }

  setUnit(id: string, unit: Unit | undefined): void {
    if (unit === undefined) this.#units.delete(id)
    else this.#units.set(id, unit)
  }
}
