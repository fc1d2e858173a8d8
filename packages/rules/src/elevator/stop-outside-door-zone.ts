import { carSpeed } from '../car-speed.ts'
import { defineRule, type Finding, setting } from '../rule.ts'
import { handDriven } from './car-mode.ts'
import { carOccupied } from './car-occupancy.ts'

const codeSource = 'controller code 4 (GB/T 24476-2017 clause 11)'
const source = 'practice of deployed edge software: non-level stop without a person, confirmed after 5 s'

/** 门区外停梯: the car stands between landings and nobody is seen in it; with a person it is an entrapment. */
export const stopOutsideDoorZone = defineRule({
  name: 'stop_outside_door_zone',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['stop_outside_unlocking_zone'], severity: 'warning', lifeSafety: false, source: codeSource },
  yieldsTo: 'entrapment',
  title: { zh: '开锁区域外停梯', en: 'Stopped outside the unlocking zone' },
  predicate: {
    zh: '轿厢在开锁区域外静止达到设定时间且未见乘客；或控制器上报代码 4。检修、消防员模式不判定。',
    en: 'The car stands outside the unlocking zone for the set time and nobody is seen in it; or the controller sends code 4. Not judged in inspection and firefighter mode.',
  },
  settings: {
    holdSeconds: setting(5, 's', source, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
  },
  bind: (_equipment, { holdSeconds, stoppedSpeed, personLoad }) => {
    const found = (holdMs: number, measured: Finding['measured']): Finding => ({
      severity: 'warning',
      lifeSafety: false,
      confidence: 'confirmed',
      holdMs,
      measured,
      limit: { value: holdSeconds, unit: 's', source },
    })
    return (frame, circumstances) => {
      const { inDoorZone, position } = frame
      if (inDoorZone === true || handDriven(frame, circumstances)) return false
      const speed = carSpeed(frame, circumstances.base)
      if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return false
      if (carOccupied(frame, personLoad) === true) return false
      if (speed === undefined || inDoorZone === undefined) return undefined
      return found(holdSeconds * 1000, { speed, inDoorZone, ...(position === undefined ? {} : { position }) })
    }
  },
})
