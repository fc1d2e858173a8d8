/** A server that Lifeline starts for itself where the operator names none: the same for nats-server and InfluxDB. */
export interface OwnServer {
  /** Names its port, and its folder in the data folder. */
  readonly name: 'nats' | 'influx'
  /** Name of the program. */
  readonly program: string
  /** Package of Debian and Ubuntu that has it. */
  readonly debianPackage: string
  /** Where the program is to be had by hand. */
  readonly download: string
  /** Official image, and the program in it where the image does not start it with plain arguments. */
  readonly image: string
  readonly imageEntrypoint?: string
  /** Variable that names a running one instead. */
  readonly urlVariable: string
  /** Arguments that make it print its version. */
  readonly versionArgs: readonly string[]
  /** Why a program that prints this as its version cannot be used; undefined where it can. */
  readonly refuse: (version: string) => string | undefined
  /** As a process has it. */
  readonly niceness?: number
  /** The text of its configuration file, for a server that prints this as its version. */
  readonly config: (place: ServerPlace, version: string) => string
  /** Arguments to start it with that file. */
  readonly args: (configFile: string) => string[]
  /** Whether it serves clients now. */
  readonly answers: (host: string, port: number) => Promise<boolean>
}

export interface ServerPlace {
  /** Folder of its own: data and configuration. */
  readonly folder: string
  readonly host: string
  readonly port: number
}

/** The first dotted number in a version's text: `nats-server: v2.9.10` is [2, 9, 10]. Empty where there is none. */
export function versionNumbers(text: string): number[] {
  return (/\d+(\.\d+)+/.exec(text)?.[0] ?? '').split('.').filter(Boolean).map(Number)
}
