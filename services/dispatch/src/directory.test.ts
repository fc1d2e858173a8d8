import { expect, test } from 'vitest'
import { Directory } from './directory.ts'
import { lift } from './testing/lift-world.ts'

test('a device is found by its id and by the digits on its use mark', () => {
  const directory = new Directory()
  directory.setEquipment('lift-1', lift)
  expect(directory.equipment('lift-1')).toBe(lift)
  expect(directory.byRescueCode('100001')).toBe(lift)
  expect(directory.byRescueCode('100002')).toBeUndefined()
})

test('a rescue code that is given to another device leads there, in whichever order the two are told', () => {
  const other = { ...lift, deviceId: 'lift-2' }
  const { rescueCode: _, ...without } = lift
  const directory = new Directory()
  directory.setEquipment('lift-1', lift)
  directory.setEquipment('lift-2', other)
  directory.setEquipment('lift-1', without)
  expect(directory.byRescueCode('100001')).toBe(other)
})

test('a removed device is found no more', () => {
  const directory = new Directory()
  directory.setEquipment('lift-1', lift)
  directory.setEquipment('lift-1', undefined)
  expect(directory.equipment('lift-1')).toBeUndefined()
  expect(directory.byRescueCode('100001')).toBeUndefined()
})
