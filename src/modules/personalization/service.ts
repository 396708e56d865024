// Data access of the personalization module, and the few changes that must be one statement or one transaction.
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { InferTypeOf, InternalModuleDeclaration } from "@medusajs/framework/types"
import { createHash, randomBytes } from "node:crypto"
import { parseOptions, type PersonalizationOptions } from "../../lib/options"
import type { RateLimits } from "../../lib/rate-limits"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { sweepFolders } from "../../lib/upload-folders"
import { MODELS } from "./joiner"
import type { Design } from "./models/design"
import type { File } from "./models/file"
import type { Session } from "./models/session"
import type { Template } from "./models/template"
import type { Upload } from "./models/upload"
import type { Visitor } from "./models/visitor"
import { ImageIntake } from "./image-intake/intake"
import { OptionSetStore } from "./option-set-store"
import { openRateLimits, type RateLimitDependencies } from "./open-rate-limits"
import { RetentionStore } from "./retention-store"
import { adoptUploads, lockForStart, renameUploads } from "./adopt-uploads"
import {
  arriveDesign,
  designsOfCart,
  holdDesign,
  releaseDesign,
  type CartDesign,
  type HeldDesign,
  type NewDesign,
} from "./design-store"
import { SessionStore } from "./session-store"
import {
  insertTemplate,
  markTemplateUsed,
  softDeleteTemplate,
  undoDelete,
  undoInsert,
  undoUpdate,
  updateTemplate,
  type NewTemplate,
  type TemplateChange,
  type TemplateUndo,
} from "./template-store"
import { UploadStore } from "./upload-store"
import { watchCatalog } from "./watch-catalog"

export type TemplateRow = InferTypeOf<typeof Template>
export type VisitorRow = InferTypeOf<typeof Visitor>
export type SessionRow = InferTypeOf<typeof Session>
export type UploadRow = InferTypeOf<typeof Upload>
export type DesignRow = InferTypeOf<typeof Design>
export type FileRow = InferTypeOf<typeof File>
/** A session to start. */
export type NewSession = Omit<
  SessionRow,
  "id" | "revision" | "created_at" | "updated_at" | "deleted_at"
>
export type { HeldDesign, NewDesign } from "./design-store"
export type { OwnSession, SessionOwner, SessionUpload } from "./session-store"
export type { NewTemplate, TemplateChange, TemplateUndo } from "./template-store"

/** The hash under which a visitor's key is stored: SHA-256, in hex. The key has 256 random bits, so no salt is needed. */
export function hashVisitorKey(key: string): string {
  return createHash("sha256").update(key).digest("hex")
}

/** A new visitor's key: 256 random bits, base64url. */
export function newVisitorKey(): string {
  return randomBytes(32).toString("base64url")
}

class PersonalizationModuleService extends MedusaService(MODELS) {
  /** The plugin's parsed options; every other part reads them here. */
  readonly options: PersonalizationOptions
  /** Option sets, which are read and written as a whole. */
  readonly optionSets: OptionSetStore
  /** Sessions, read and saved in one statement each. */
  readonly sessions: SessionStore
  /** Uploads: kept once per visitor, within the quotas. */
  readonly uploads: UploadStore
  /** What is over, and its removal. */
  readonly retention: RetentionStore
  /** Decodes what visitors send. */
  readonly intake: ImageIntake
  /** Counts what visitors ask for. */
  readonly rateLimits: RateLimits
  private folders: { stop(): void } | undefined
  /**
   * What Medusa calls when all modules are loaded (only then is the event bus the one that everybody uses), and when the
   * app ends.
   */
  readonly __hooks: {
    onApplicationStart: () => Promise<void>
    onApplicationShutdown: () => Promise<void>
  }

  constructor(
    dependencies: RateLimitDependencies & Record<string, unknown>,
    options: unknown,
    declaration?: InternalModuleDeclaration
  ) {
    super(dependencies, options, declaration)
    this.options = parseOptions(options)
    this.optionSets = new OptionSetStore(dependencies.baseRepository)
    this.sessions = new SessionStore(dependencies.baseRepository)
    this.uploads = new UploadStore(dependencies.baseRepository)
    this.retention = new RetentionStore(dependencies.baseRepository)
    this.intake = new ImageIntake(this.options.uploads)
    this.rateLimits = openRateLimits(dependencies, this.options)
    this.__hooks = {
      onApplicationStart: async () => {
        watchCatalog(dependencies)
        this.folders = sweepFolders()
      },
      onApplicationShutdown: async () => {
        this.folders?.stop()
        await Promise.all([this.intake.close(), this.rateLimits.close()])
      },
    }
  }

  /** The visitor whose key has this hash, or null when there is none or its time is over. */
  async findVisitorByHash(key_hash: string): Promise<VisitorRow | null> {
    const [visitor] = await this.listVisitors({ key_hash }, { take: 1 })
    return visitor && visitor.expires_at > new Date() ? visitor : null
  }

  /** Puts off the end of a visitor's time. @returns false when it is over: an erasure has begun, or it just ended. */
  @InjectManager()
  async keepVisitor(
    id: string,
    expires_at: Date,
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    const rows = await managerOf(context).execute<{ id: string }[]>(
      `update personalization_visitor set expires_at = ?, updated_at = now()
        where id = ? and expires_at > clock_timestamp() and deleted_at is null returning id`,
      [expires_at, id]
    )
    return rows.length > 0
  }

  /**
   * Saves a version of a template, which may get its product's default mark.
   * @throws AppError as `insertTemplate`
   */
  @InjectTransactionManager()
  async createTemplateVersion(
    version: NewTemplate,
    is_default: boolean | undefined,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ template: TemplateRow; default_before: string | null }> {
    const { id, default_before } = await insertTemplate(managerOf(context), version, is_default)
    return { template: await this.retrieveTemplate(id, {}, context), default_before }
  }

  /** Takes `createTemplateVersion` back. */
  @InjectTransactionManager()
  async undoCreateTemplateVersion(
    created: { id: string; product_id: string; default_before: string | null },
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await undoInsert(managerOf(context), created)
  }

  /**
   * Changes a version of a template, all of it or nothing. `undo` is null when nothing was to be changed.
   * @throws AppError as `updateTemplate`
   */
  @InjectTransactionManager()
  async updateTemplateVersion(
    id: string,
    change: TemplateChange,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ template: TemplateRow; undo: TemplateUndo | null }> {
    const undo = await updateTemplate(managerOf(context), id, change)
    return { template: await this.retrieveTemplate(id, {}, context), undo }
  }

  /** Takes `updateTemplateVersion` back. */
  @InjectTransactionManager()
  async undoUpdateTemplateVersion(
    undo: TemplateUndo,
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await undoUpdate(managerOf(context), undo)
  }

  /** Deletes a version of a template softly. @throws AppError as `softDeleteTemplate` */
  @InjectTransactionManager()
  async deleteTemplateVersion(
    id: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ id: string; product_id: string; was_default: boolean }> {
    return await softDeleteTemplate(managerOf(context), id)
  }

  /** Takes `deleteTemplateVersion` back. */
  @InjectTransactionManager()
  async undoDeleteTemplateVersion(
    deleted: { id: string; product_id: string; was_default: boolean },
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await undoDelete(managerOf(context), deleted)
  }

  /**
   * Starts a session and marks its template as used in one transaction: a change of the template's definition either
   * comes before it, or is refused.
   * @param uploadIds uploads that the session's values name: the visitor gets copies of those that are another's
   * @throws AppError 404 `template_not_found` when the template was deleted meanwhile, `session_not_found` when the
   *   visitor's time ended
   */
  @InjectTransactionManager()
  async startSession(
    session: NewSession,
    uploadIds: string[] = [],
    @MedusaContext() context: SqlContext = {}
  ): Promise<SessionRow> {
    await lockForStart(managerOf(context), uploadIds, session.visitor_id)
    await markTemplateUsed(managerOf(context), session.template_id)
    const id = generateEntityId(undefined, "psess")
    const owner = { visitor_id: session.visitor_id, session_id: id }
    const own = await adoptUploads(managerOf(context), uploadIds, owner)
    const options = renameUploads(session.options, own)
    return await this.createSessions({ ...session, id, options }, context)
  }

  /**
   * Takes a design for a cart. Carts that it was not taken for neither show nor sell it.
   * @throws AppError as `holdDesign`
   */
  @InjectTransactionManager()
  async holdDesign(
    design: NewDesign,
    hold: Parameters<typeof holdDesign>[2],
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ design: DesignRow; held: HeldDesign }> {
    const held = await holdDesign(managerOf(context), design, hold)
    return { design: await this.retrieveDesign(held.id, {}, context), held }
  }

  /** Tells that a design which was taken for a cart is there. */
  @InjectManager()
  async arriveDesign(held: CartDesign, @MedusaContext() context: SqlContext = {}): Promise<void> {
    await arriveDesign(managerOf(context), held)
  }

  /** Takes `holdDesign` back. */
  @InjectTransactionManager()
  async releaseDesign(held: HeldDesign, @MedusaContext() context: SqlContext = {}): Promise<void> {
    await releaseDesign(managerOf(context), held)
  }

  /** Those of the designs that were taken for a cart: a line of it that names another one is made by hand. */
  @InjectManager()
  async listDesignsOfCart(
    ids: string[],
    cartId: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<DesignRow[]> {
    const own = ids.length > 0 ? await designsOfCart(managerOf(context), ids, cartId) : []
    return own.length > 0 ? this.listDesigns({ id: own }, { take: own.length }) : []
  }

  /** Gives a visitor an open cart if it has none yet. @returns the cart that is open now, which may be another's. */
  @InjectManager()
  async claimOpenCart(
    claim: { visitor_id: string; cart_id: string },
    @MedusaContext() context: SqlContext = {}
  ): Promise<string> {
    const rows = await managerOf(context).execute<{ cart_id: string }[]>(
      `update personalization_visitor set cart_id = coalesce(cart_id, ?), updated_at = now()
        where id = ? returning cart_id`,
      [claim.cart_id, claim.visitor_id]
    )
    return rows[0]?.cart_id ?? claim.cart_id
  }
}

export default PersonalizationModuleService
