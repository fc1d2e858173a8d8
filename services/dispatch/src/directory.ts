import type { Equipment, Unit } from '@lifeline/contracts'

/** The devices and units as the registry publishes them. */
export class Directory {
  readonly #equipment = new Map<string, Equipment>()
  readonly #byRescueCode = new Map<string, string>()
  readonly #byRegistrationCode = new Map<string, string>()
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

  byRegistrationCode(code: string): Equipment | undefined {
    return this.equipment(this.#byRegistrationCode.get(code) ?? '')
  }

  /** The devices in which each word stands: in the address, a unit's name or id, or the registration code. */
  search(place: string): Equipment[] {
    const words = place.toLowerCase().split(/\s+/)
    return [...this.#equipment.values()].filter((equipment) => {
      const { address, useUnit, maintenanceUnit, registrationCode } = equipment
      const maintainer = this.#units.get(maintenanceUnit)?.name ?? ''
      const text = [address, useUnit, maintenanceUnit, maintainer, registrationCode].join('\n').toLowerCase()
      return words.every((word) => text.includes(word))
    })
  }

  setEquipment(deviceId: string, equipment: Equipment | undefined): void {
    const before = this.#equipment.get(deviceId)
    forget(this.#byRescueCode, before?.rescueCode, deviceId)
    forget(this.#byRegistrationCode, before?.registrationCode, deviceId)
    if (equipment === undefined) {
      this.#equipment.delete(deviceId)
      return
    }
    this.#equipment.set(deviceId, equipment)
    this.#byRegistrationCode.set(equipment.registrationCode, deviceId)
    if (equipment.rescueCode !== undefined) this.#byRescueCode.set(equipment.rescueCode, deviceId)
  }

  setUnit(id: string, unit: Unit | undefined): void {
    if (unit === undefined) this.#units.delete(id)
    else this.#units.set(id, unit)
  }
}

/** Another device may have been given the code meanwhile. */
function forget(byCode: Map<string, string>, code: string | undefined, deviceId: string): void {
  if (code !== undefined && byCode.get(code) === deviceId) byCode.delete(code)
}
