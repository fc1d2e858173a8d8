import { unknown } from '../memory.ts'
import { defineRule, reaches, reportedSource, setting } from '../rule.ts'

const source = 'GB/T 5031, JGJ 196: verticality 4/1000 free standing (2/1000 below the top attachment)'

/** 倾斜: the mast leans more than it may. */
export const tilt = defineRule({
  name: 'tilt',
  kinds: ['tower-crane', 'hoist'],
  version: 2,
  remembers: ['x', 'y'],
  reports: { slugs: ['tilt_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '倾斜', en: 'Tilt' },
  predicate: {
    zh: '倾角（两轴合成）达到垂直度限值：独立状态 4/1000，附着状态设为 2/1000。',
    en: 'The tilt of both axes together reaches the limit of verticality: 4/1000 free standing; to be set to 2/1000 where the mast is attached.',
  },
  settings: {
    permille: setting(4, '‰', source, 'M', 'lower'),
    holdSeconds: setting(2, 's', 'a load that is set down swings the mast', 'design'),
  },
  bind: (_equipment, { permille, holdSeconds }) => {
    const limit = (Math.atan(permille / 1000) * 180) / Math.PI
    return ({ tiltX, tiltY }, { holding, memory }) => {
      if (tiltX === undefined && tiltY === undefined) return undefined
      const tilt = Math.hypot(tiltX ?? 0, tiltY ?? 0)
      // It ends when the axes that showed it show it no more: there may be but one.
      const unseen = (tiltX === undefined && memory.x === 1) || (tiltY === undefined && memory.y === 1)
      if (!reaches(tilt, limit)) return holding && unseen ? undefined : false
      memory.x = tiltX === undefined ? unknown : 1
      memory.y = tiltY === undefined ? unknown : 1
      return {
        severity: 'major',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { tilt, tiltX: tiltX ?? 0, tiltY: tiltY ?? 0 },
        limit: { value: limit, unit: '°', source },
      }
    }
  },
})
