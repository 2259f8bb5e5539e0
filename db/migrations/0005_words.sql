CREATE TABLE "draft_documents" (
	"story_id" bigint PRIMARY KEY NOT NULL,
	"lineage" uuid DEFAULT gen_random_uuid() NOT NULL,
	"state" "bytea" NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"draft_version" integer NOT NULL,
	"untold" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"untold_since" timestamp with time zone,
	"kept_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_headline_is_short";--> statement-breakpoint
ALTER TABLE "draft_documents" ADD CONSTRAINT "draft_documents_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_documents_untold" ON "draft_documents" USING btree ("untold_since") WHERE "draft_documents"."untold_since" is not null;--> statement-breakpoint
-- What is there was held to 300, so a million drafts need not be read for it.
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_headline_is_bounded" CHECK (length("drafts"."headline") <= 10000) NOT VALID;