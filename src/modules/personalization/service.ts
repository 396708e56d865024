// Data access of the personalization module, and the few changes that must be one statement or one transaction.
import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { InferTypeOf, InternalModuleDeclaration } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { createHash, randomBytes } from "node:crypto"
import { parseOptions, type PersonalizationOptions } from "../../lib/options"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { Asset } from "./models/asset"
import { Design } from "./models/design"
import { File } from "./models/file"
import { Option } from "./models/option"
import { OptionSet } from "./models/option-set"
import { Session } from "./models/session"
import { Template } from "./models/template"
import { Upload } from "./models/upload"
import { Visitor } from "./models/visitor"

export type TemplateRow = InferTypeOf<typeof Template>
export type VisitorRow = InferTypeOf<typeof Visitor>
export type SessionRow = InferTypeOf<typeof Session>
export type UploadRow = InferTypeOf<typeof Upload>
export type DesignRow = InferTypeOf<typeof Design>
export type FileRow = InferTypeOf<typeof File>
export type AssetRow = InferTypeOf<typeof Asset>

/** The hash under which a visitor's key is stored: SHA-256, in hex. The key has 256 random bits, so no salt is needed. */
export function hashVisitorKey(key: string): string {
  return createHash("sha256").update(key).digest("hex")
}

/** A new visitor's key: 256 random bits, base64url. */
export function newVisitorKey(): string {
  return randomBytes(32).toString("base64url")
}

class PersonalizationModuleService extends MedusaService({
  Template,
  OptionSet,
  Option,
  Visitor,
  Session,
  Upload,
  Design,
  File,
  Asset,
}) {
  /** The plugin's parsed options; every other part reads them here. */
  readonly options: PersonalizationOptions

  constructor(
    dependencies: Record<string, unknown>,
    options: unknown,
    declaration?: InternalModuleDeclaration
  ) {
    super(dependencies, options, declaration)
    this.options = parseOptions(options)
  }

  /** The visitor whose key this is, or null when there is none or its time is over. */
  async findVisitorByKey(key: string): Promise<VisitorRow | null> {
    const [visitor] = await this.listVisitors({ key_hash: hashVisitorKey(key) }, { take: 1 })
    return visitor && visitor.expires_at > new Date() ? visitor : null
  }

  /**
   * Saves a session's values if nobody saved since `revision` was read, and puts off its expiry.
   * @returns false when another change came first; nothing was saved then.
   */
  @InjectTransactionManager()
  async saveSessionOptions(
    change: {
      id: string
      revision: number
      options: Record<string, unknown>
      variant_id: string | null
      expires_at: Date
    },
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    // One statement decides the race: the row is only found at the revision that was read.
    const rows = await managerOf(context).execute<{ id: string }[]>(
      `update personalization_session
          set options = ?::jsonb, variant_id = ?, revision = revision + 1, expires_at = ?, updated_at = now()
        where id = ? and revision = ? and deleted_at is null
        returning id`,
      [
        JSON.stringify(change.options),
        change.variant_id,
        change.expires_at,
        change.id,
        change.revision,
      ]
    )
    return rows.length === 1
  }

  /**
   * Saves a version and decides in the same transaction whether it becomes its product's default: when that is asked
   * for, or when it is published and the product has no default yet.
   */
  @InjectTransactionManager()
  async createTemplateVersion(
    version: Pick<TemplateRow, "product_id" | "version" | "name" | "definition" | "status">,
    wanted: boolean,
    @MedusaContext() context: SqlContext = {}
  ): Promise<TemplateRow> {
    const em = managerOf(context)
    await lockDefault(em, version.product_id)
    const marked = await em.execute<{ id: string }[]>(
      `select id from personalization_template where product_id = ? and is_default and deleted_at is null`,
      [version.product_id]
    )
    const is_default = version.status === "published" && (wanted || marked.length === 0)
    if (is_default) {
      await em.execute(
        `update personalization_template set is_default = false, updated_at = now()
          where product_id = ? and is_default`,
        [version.product_id]
      )
    }
    return this.createTemplates({ ...version, is_default }, context)
  }

  /**
   * Moves a product's default mark to one of its templates, or takes it from all with null.
   * The two statements are one transaction, and the partial unique index lets no second default in.
   */
  @InjectTransactionManager()
  async moveDefaultTemplate(
    move: { product_id: string; template_id: string | null },
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    const em = managerOf(context)
    await lockDefault(em, move.product_id)
    await em.execute(
      `update personalization_template set is_default = false, updated_at = now()
        where product_id = ? and is_default and id is distinct from ?`,
      [move.product_id, move.template_id]
    )
    if (move.template_id) {
      await em.execute(
        `update personalization_template set is_default = true, updated_at = now() where id = ?`,
        [move.template_id]
      )
    }
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

/** Serialises changes of one product's default; without it two of them could each clear the mark and then collide. */
async function lockDefault(em: SqlEntityManager, productId: string): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `personalization-default:${productId}`,
  ])
}

export default PersonalizationModuleService
