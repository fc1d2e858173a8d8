import { type Bus, openBucket, retrying } from '@lifeline/bus'
import { buckets, type Equipment, type EquipmentRecord } from '@lifeline/contracts'

/** Every registered device as the registry's bucket has it now, as records before the log's first. */
export async function registeredDevices(bus: Bus): Promise<EquipmentRecord[]> {
  const bucket = await openBucket(bus, buckets.equipment)
  const records: EquipmentRecord[] = []
  for await (const key of await retrying(() => bucket.keys())) {
    const entry = await bucket.get(key)
    if (entry?.operation === 'PUT')
      records.push({ type: 'equipment', receivedAt: 0, equipment: entry.json<Equipment>() })
  }
  return records
}
