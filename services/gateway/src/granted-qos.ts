import type { Client } from 'aedes'
import { filterMatches } from './topic-filter.ts'

interface Message {
  readonly topic: string
  qos: number
}
type Deliver = (message: Message, done: () => void) => void

/** What of the broker's client is used and not declared. */
interface Delivery {
  readonly subscriptions: Readonly<Record<string, { readonly qos?: number }>>
  deliver0: Deliver
  deliverQoS: Deliver
}

/**
 * Has a client's messages delivered at the highest QoS that it was granted for their topic, and none above it
 * ([MQTT-3.3.5-1] [MQTT-3.8.4-6]). By itself the broker takes whichever of several matching subscriptions comes first,
 * and keeps to the granted QoS only where the filter is the very topic.
 */
export function deliverAsGranted(client: Client): void {
  const delivery = client as unknown as Delivery
  const { deliver0, deliverQoS } = delivery
  const deliver: Deliver = (message, done) => {
    message.qos = Math.min(message.qos, grantedQos(delivery, message.topic))
    if (message.qos === 0) deliver0(message, done)
    else deliverQoS(message, done)
  }
  delivery.deliver0 = deliver
  delivery.deliverQoS = deliver
}

/** The highest QoS that a client was granted for a topic; undefined where it has not subscribed to it. */
export const subscribedQos = (client: Client, topic: string): number | undefined =>
  highestQos(client as unknown as Delivery, topic)

const grantedQos = (delivery: Delivery, topic: string): number => highestQos(delivery, topic) ?? 0

function highestQos({ subscriptions }: Delivery, topic: string): number | undefined {
  let highest: number | undefined
  for (const [filter, { qos = 0 }] of Object.entries(subscriptions)) {
    if ((highest === undefined || qos > highest) && filterMatches(filter, topic)) highest = qos
  }
  return highest
}
