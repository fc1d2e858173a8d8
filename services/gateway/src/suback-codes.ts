const suback = 0x90

/**
 * Gives each filter of a SUBSCRIBE its return code, also where one is named twice ([MQTT-3.8.4-5] [MQTT-3.9.3-1]): the
 * broker takes such a filter once and answers it once.
 */
export class SubackCodes {
  /** By packet id: for each filter that was asked for, its place among the different ones. */
  readonly #repeated = new Map<number, readonly number[]>()

  /** Hears of a SUBSCRIBE that goes to the broker. */
  asked(packetId: number, filters: readonly string[]): void {
    const places = new Map<string, number>()
    for (const filter of filters) if (!places.has(filter)) places.set(filter, places.size)
    if (places.size === filters.length) this.#repeated.delete(packetId)
    else
      this.#repeated.set(
        packetId,
        filters.map((filter) => places.get(filter) ?? 0),
      )
  }

  /** @param packets whole ones on their way down */
  fill(packets: Buffer): Buffer {
    if (this.#repeated.size === 0 || packets.length === 0) return packets
    const filled: Buffer[] = []
    for (let at = 0; at < packets.length; ) {
      let start = at + 1
      let length = 0
      for (let shift = 0; ; shift += 7) {
        const byte = packets.readUInt8(start++)
        length |= (byte & 127) << shift
        if (byte < 128) break
      }
      const packet = packets.subarray(at, start + length)
      filled.push(packet[0] === suback ? this.#fillOne(packet, packets.subarray(start, start + length)) : packet)
      at = start + length
    }
    return Buffer.concat(filled)
  }

  #fillOne(packet: Buffer, body: Buffer): Buffer {
    const packetId = body.readUInt16BE(0)
    const places = this.#repeated.get(packetId)
    if (places === undefined) return packet
    this.#repeated.delete(packetId)
    const codes = places.map((place) => body.readUInt8(2 + place))
    const head = [suback]
    for (let rest = 2 + codes.length; ; rest >>= 7) {
      head.push(rest > 127 ? (rest & 127) | 128 : rest)
      if (rest <= 127) break
    }
    return Buffer.from([...head, packetId >> 8, packetId & 255, ...codes])
  }
}
