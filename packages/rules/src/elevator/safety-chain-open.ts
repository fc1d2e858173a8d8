import { carSpeed } from '../car-speed.ts'
import { defineRule, type Finding, setting } from '../rule.ts'
import { modeOf } from './car-mode.ts'

const source = 'GB/T 24476-2017 code 1: safety chain open while running (GB/T 7588.1-2020 5.11.2)'

/** 安全回路断路: the chain of safety contacts is open where it must be closed. */
export const safetyChainOpen = defineRule({
  name: 'safety_chain_open',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['safety_chain_open', 'door_lock_open'], severity: 'major', lifeSafety: false, source: source },
  title: { zh: '安全回路断路', en: 'Safety chain open' },
  predicate: {
    zh: '运行中，或正常模式下门已关到位时，安全回路断开；平层开门停靠时断开属正常；或控制器上报代码 1。',
    en: 'The safety chain is open while the car moves, or in normal mode with the door shut; at a landing with the door open it is rightly open. Or the controller sends code 1.',
  },
  settings: {
    holdSeconds: setting(1, 's', 'door and lock contacts make one after the other', 'design'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
  },
  bind: (_equipment, { holdSeconds, stoppedSpeed }) => {
    const found = (holdMs: number, measured: Finding['measured']): Finding => ({
      severity: 'major',
      lifeSafety: false,
      confidence: 'confirmed',
      holdMs,
      measured,
      limit: { value: 'closed', unit: 'safety chain', source },
    })
    return (frame, circumstances) => {
      const { safetyChain, door, inDoorZone } = frame
      if (safetyChain === undefined) return undefined
      const mode = modeOf(frame, circumstances)
      if (safetyChain === 'closed') return false
      const speed = carSpeed(frame, circumstances.base)
      const levelling = inDoorZone === true && door !== undefined && door !== 'closed'
      const moving = speed !== undefined && Math.abs(speed) > stoppedSpeed && !levelling
      const shut = door === 'closed' && (mode === undefined || mode === 'normal' || mode === 'unknown')
      if (!moving && !shut) return door === undefined && speed === undefined ? undefined : false
      return found(holdSeconds * 1000, { safetyChain, moving, ...(door === undefined ? {} : { door }) })
    }
  },
})
