/** What a rule remembers of a device, by name; device times under names that end in `At`. */
export type Memory<Name extends string = string> = Record<Name, number>

/** Nothing is remembered: equal to no value, and no comparison with it holds. */
export const unknown = Number.NaN

const numbers = Symbol('numbers')
const from = Symbol('from')

/**
 * A rule's names for its part of the numbers that the rules remember of a device. There is one for all devices, to be
 * laid on the device that is judged: each of a hundred thousand then has its numbers in one place, and none is
 * allocated for a frame.
 */
export interface MemoryWindow extends Memory {
  [numbers]: number[]
  [from]: number
}

export function memoryWindow(names: readonly string[]): MemoryWindow {
  const window = { [numbers]: [], [from]: 0 } as unknown as MemoryWindow
  const named = Object.create(Object.prototype)
  names.forEach((name, i) => {
    Object.defineProperty(named, name, {
      get(this: MemoryWindow) {
        return this[numbers][this[from] + i]
      },
      set(this: MemoryWindow, value: number) {
        this[numbers][this[from] + i] = value
      },
    })
  })
  return Object.setPrototypeOf(window, named)
}

/** Lays a window on a device's numbers. @param at where the rule's begin among them */
export function layOn(window: MemoryWindow, device: number[], at: number): Memory {
  window[numbers] = device
  window[from] = at
  return window
}
