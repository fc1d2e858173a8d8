/** What a rule remembers of a device, by name; device times under names that end in `At`. */
export type Memory<Name extends string = string> = Record<Name, number>

/** Nothing is remembered: equal to no value, and no comparison with it holds. */
export const unknown = Number.NaN

/** The numbers that the rules remember of the device that is being judged. */
let judged: number[] = []

/** Before its rules are asked: what they remember is read from and written to these numbers of the device. */
export function remember(numbers: number[]): void {
  judged = numbers
}

/**
 * A rule's names for its part of those numbers. There is one for all devices: each of a hundred thousand then has its
 * numbers in one place, and none is allocated for a frame.
 * @param from where the rule's numbers begin
 */
export function memoryWindow(names: readonly string[], from: number): Memory {
  const window = {}
  names.forEach((name, i) => {
    Object.defineProperty(window, name, {
      enumerable: true,
      get: () => judged[from + i],
      set: (value: number) => {
        judged[from + i] = value
      },
    })
  })
  return window
}
