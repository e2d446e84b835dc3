import { FileStore } from '@tus/file-store';
import { ERRORS, Metadata, Server, Upload as TusUpload } from '@tus/server';
import type { ServerPorts } from '../ports/server-ports.ts';
import { syncUploadFile } from '../services/upload-files.ts';

/** How long a request may go on once another one asks for the same upload. */
const GIVES_WAY_MS = 250;
/** The version of the protocol that is spoken. Source: tus.io, protocol 1.0.0. */
export const TUS_VERSION = '1.0.0';

type Ports = Pick<ServerPorts, 'store' | 'uploadFolder' | 'maxUploadBytes'>;

/** Files whose length and metadata stand in our own store; each answer is given once they are synced. */
class RememberedFiles extends FileStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly #ports: Ports;
  constructor(ports: Ports) {
    super({
      directory: ports.uploadFolder,
      configstore: {
        get: async (id) => {
          const upload = await ports.store.uploadById(id);
          if (upload === undefined) return undefined;
          const { bytes: size, fileName: filename } = upload;
          return new TusUpload({ id, size, offset: 0, metadata: { filename } });
        },
        set: async () => undefined,
        delete: async () => undefined,
      },
    });
    this.#ports = ports;
  }
  override async write(...given: Parameters<FileStore['write']>): Promise<number> {
    try {
      return await super.write(...given);
    } finally {
      await syncUploadFile(this.#ports, given[1]);
    }
  }
}

/** The tus protocol over uploads that were begun in our store. */
export interface TusProtocol {
  /**
   * Answers a request about the upload with that id. The address is not asked again: the library takes
   * an id from the very end of it, behind a question mark too, and so another one than was allowed.
   */
  answer(request: Request, id?: string): Promise<Response>;
}

/** Speaks the protocol below `path`; nothing but bytes and offsets is its business. */
export const createTusProtocol = (ports: Ports, path: string): TusProtocol => {
  const idBy = new WeakMap<object, string>();
  const server = new Server({
    path,
    datastore: new RememberedFiles(ports),
    relativeLocation: true,
    maxSize: ports.maxUploadBytes,
    lockDrainTimeout: GIVES_WAY_MS,
    namingFunction: (request) => {
      const id = idBy.get(request);
      if (id === undefined) throw ERRORS.FILE_NOT_FOUND;
      return id;
    },
    getFileIdFromRequest: (request) => idBy.get(request),
  });
  return {
    answer: async (request, id) => {
      if (id !== undefined) idBy.set(request, id);
      const answer = await server.handleWeb(request);
      // Only our own pages may ask; the library would invite every site.
      for (const name of [...answer.headers.keys()]) {
        if (name.startsWith('access-control-')) answer.headers.delete(name);
      }
      return answer;
    },
  };
};

/** The metadata of the header; undefined when it is not the protocol's. */
export const readTusMetadata = (header: string): Record<string, string | null> | undefined => {
  try {
    return Metadata.parse(header);
  } catch {
    // What it throws says nothing more.
    return undefined;
  }
};
