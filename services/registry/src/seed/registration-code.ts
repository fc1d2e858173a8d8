/** Classes of the catalogue of special equipment that the demo district has. */
const classes = { 'traction lift': '3110', 'goods lift': '3120', 'tower crane': '4310', hoist: '4860' } as const
export type EquipmentClass = keyof typeof classes

/** GB/T 2260 code of Bishan District, Chongqing. */
const area = '500120'

/** A registration code of 20 digits: class, area, month of registration (`YYYY-MM-DD` cut short), serial number. */
export const registrationCode = (kind: EquipmentClass, registeredOn: string, serial: number): string =>
  `${classes[kind]}${area}${registeredOn.slice(0, 7).replace('-', '')}${String(serial).padStart(4, '0')}`
