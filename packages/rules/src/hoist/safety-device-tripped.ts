import { defineRule } from '../rule.ts'

/** 防坠安全器动作: the cage fell or ran too fast, and the safety device has caught it. */
export const safetyDeviceTripped = defineRule({
  name: 'safety_device_tripped',
  kinds: ['hoist'],
  version: 1,
  title: { zh: '防坠安全器动作', en: 'Safety device tripped' },
  predicate: { zh: '防坠安全器已动作。', en: 'The overspeed safety device has tripped.' },
  settings: {},
  bind: () => {
    return ({ safetyDevice, speed, height }) => {
      if (safetyDevice === undefined) return undefined
      return (
        safetyDevice === 'tripped' && {
          severity: 'critical',
          lifeSafety: true,
          confidence: 'confirmed',
          holdMs: 0,
          measured: {
            safetyDevice,
            ...(speed === undefined ? {} : { speed }),
            ...(height === undefined ? {} : { height }),
          },
          limit: { value: 'armed', unit: 'safety device', source: 'GB/T 34025, JGJ 215-2010 4.1.7' },
        }
      )
    }
  },
})
