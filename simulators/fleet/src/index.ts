export { demoScenario, type ScriptedAction } from './demo-scenario.ts'
export { Fleet, type FleetOptions } from './fleet.ts'
export { RecordingError } from './replay/recording.ts'
export { type ReplayFrame, type ReplayOptions, replayFrames } from './replay/replay-frames.ts'
