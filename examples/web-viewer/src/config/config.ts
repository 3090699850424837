/** What `stream.config.json` says. */
export interface Config {
  readonly source: Source;
  readonly local?: LocalSettings;
  readonly stream?: StreamSettings;
  readonly gfn?: GfnSettings;
  /** Stages to choose from; none when absent. */
  readonly stages?: readonly StageChoice[];
  /** Buttons for messages of the application's own; none when absent. */
  readonly messages?: readonly MessageChoice[];
}

/** `local`: a runtime on its own; `stream`: sessions by REST; `gfn`: a service of NVIDIA's. */
export type Source = 'local' | 'stream' | 'gfn';

export interface LocalSettings {
  /** The host's name or address. */
  readonly server: string;
  readonly signalingPort: number;
  /** The UDP port, where the runtime's own is mapped to another. */
  readonly mediaPort?: number | null;
  /** The host of that port, where it is not `server`. */
  readonly mediaServer?: string | null;
  /** The path before `/signal`, for a runtime behind a proxy. */
  readonly signalingPath?: string | null;
}

export interface StreamSettings {
  /** Below this address is `/cfg/apps`. */
  readonly appServer: string;
  /** Below this address is `/streaming/stream`. */
  readonly streamServer: string;
}

export interface GfnSettings {
  /** The address of a JavaScript module that exports NVIDIA's `AppStreamer`; there is none when null. */
  readonly library?: string | null;
  readonly catalogClientId?: string;
  readonly clientId?: string;
  readonly cmsId?: string | number;
}

export interface StageChoice {
  readonly name: string;
  /** As `openStageRequest` takes it. */
  readonly url: string;
}

export interface MessageChoice {
  readonly label: string;
  readonly event_type: string;
  readonly payload: object;
}
