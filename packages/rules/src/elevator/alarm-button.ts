import { defineRule, type Finding } from '../rule.ts'

const source = 'GB/T 24476-2017 code 90; EN 81-28:2018 alarm initiation device'

const pressed: Finding = {
  severity: 'major',
  lifeSafety: true,
  confidence: 'confirmed',
  holdMs: 0,
  measured: { alarmButton: true },
  limit: { value: true, unit: 'pressed', source },
}

/** 报警按钮: someone in the car calls. Never suppressed, whatever the mode. */
export const alarmButton = defineRule({
  name: 'alarm_button',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['alarm_button'], severity: 'major', lifeSafety: true, source },
  title: { zh: '轿厢报警按钮', en: 'Alarm button' },
  predicate: {
    zh: '轿内报警按钮动作，或控制器上报代码 90；任何模式下都不屏蔽。',
    en: 'The alarm button in the car is pressed, or the controller sends code 90; suppressed in no mode.',
  },
  settings: {},
  bind:
    () =>
    ({ alarmButton }) =>
      alarmButton === true ? pressed : alarmButton,
})
