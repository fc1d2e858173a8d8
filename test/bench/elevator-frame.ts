/** Largest counter of a frame; a frame is built so that a later JSON text of another `seq` has the same length. */
export const firstSeq = 1_000_000

/** A frame as a lift's controller sends it while riding, JSON, about 230 bytes. */
export function elevatorFrame(device: number, seq: number): string {
  const step = seq % 100
  const floor = step % 24
  return JSON.stringify({
    time: 1_790_000_000_000 + seq * 100,
    seq,
    mode: 'normal',
    floor,
    position: Number((floor * 3.1 + device / 1000).toFixed(3)),
    speed: Number((step / 40 - 1.25).toFixed(3)),
    door: step % 10 === 0 ? 'opening' : 'closed',
    inDoorZone: step % 10 === 0,
    occupied: step % 3 !== 0,
    alarmButton: false,
    load: 75 * (step % 9),
    people: step % 9,
    power: 'mains',
    safetyChain: 'closed',
    faults: [],
  })
}
