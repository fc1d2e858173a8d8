/** Longest side of a photo that is sent, pixels. */
const longest = 1280

/** The picture drawn anew, small enough for a bad connection and without what the camera wrote; base64 of a JPEG. */
export async function smallPhoto(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const url = canvas.toDataURL('image/jpeg', 0.65)
  const prefix = 'data:image/jpeg;base64,'
  if (!url.startsWith(prefix)) throw new Error('the browser cannot write JPEG')
  return url.slice(prefix.length)
}
