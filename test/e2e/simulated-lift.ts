import type { EquipmentOf } from '@lifeline/contracts'
import { createElevator, type Elevator } from '@lifeline/simulator-elevator'
import { connectAsync, type MqttClient } from 'mqtt'

/** One simulated lift on its own MQTT connection, in real time. */
export class SimulatedLift {
  readonly elevator: Elevator
  readonly #topic: string
  readonly #client: MqttClient
  readonly #timer: NodeJS.Timeout
  #time = Date.now()

  static async start(url: string, equipment: EquipmentOf<'elevator'>, password: string): Promise<SimulatedLift> {
    const { deviceId } = equipment
    const client = await connectAsync(url, { clientId: deviceId, username: deviceId, password, protocolVersion: 4 })
    return new SimulatedLift(client, equipment)
  }

  private constructor(client: MqttClient, { deviceId, parameters }: EquipmentOf<'elevator'>) {
    this.#client = client
    this.#topic = `v1/elevator/${deviceId}/telemetry`
    this.elevator = createElevator({ parameters, seed: 'rescue', startTime: this.#time })
    this.#timer = setInterval(() => this.#report(), 250)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#client.endAsync()
  }

  #report(): void {
    const now = Date.now()
    this.elevator.step(now - this.#time)
    this.#time = now
    this.#client.publish(this.#topic, JSON.stringify(this.elevator.frame()), { qos: 1 })
  }
}
