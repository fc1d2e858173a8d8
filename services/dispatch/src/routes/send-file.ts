const types = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type FileFormat = keyof typeof types

/** What is needed of a reply. */
interface FileReply {
  type(contentType: string): this
  header(name: string, value: string): this
  send(payload: never): this
}

/** Answers with a file instead of the JSON that the route’s schema tells of; bytes are sent as they are. */
export function sendFile(reply: FileReply, format: FileFormat, name: string, bytes: Uint8Array): never {
  const sent = reply
    .type(types[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(Buffer.from(bytes) as never)
  return sent as never
}
