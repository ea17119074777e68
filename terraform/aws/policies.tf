data "aws_iam_policy_document" "list" {
  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.backup.arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["${local.under}*"]
    }
  }
}

data "aws_iam_policy_document" "writer" {
  source_policy_documents = [data.aws_iam_policy_document.list.json]

  statement {
    sid       = "Create"
    actions   = concat(["s3:PutObject"], var.object_tags ? ["s3:PutObjectTagging"] : [])
    resources = ["${local.objects}*"]
  }

  # Requests that only begin an upload, or send a part of it, create nothing and have no such header.
  statement {
    sid       = "NeverOverwrite"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${local.objects}*"]

    condition {
      test     = "Null"
      variable = "s3:if-none-match"
      values   = ["true"]
    }

    condition {
      test     = "Bool"
      variable = "s3:ObjectCreationOperation"
      values   = ["true"]
    }
  }

  statement {
    sid       = "Uploads"
    actions   = ["s3:ListBucketMultipartUploads"]
    resources = [aws_s3_bucket.backup.arn]
  }

  statement {
    sid       = "Parts"
    actions   = ["s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]
    resources = ["${local.objects}*"]
  }

  statement {
    sid     = "ReadAboutBackups"
    actions = ["s3:GetObject"]
    resources = [
      "${local.objects}coldstream.json",
      "${local.objects}manifests/*",
      "${local.objects}pages/*",
      "${local.objects}progress/*",
    ]
  }

  dynamic "statement" {
    for_each = local.kms

    content {
      sid = "Encrypt"
      # Decrypting is needed to read about backups, and where S3 puts an upload's parts together.
      actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "restorer" {
  source_policy_documents = [data.aws_iam_policy_document.list.json]

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = ["${local.objects}*"]
  }

  dynamic "statement" {
    for_each = local.kms

    content {
      sid       = "Decrypt"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

# The restorer, who also stores what verifications find.
data "aws_iam_policy_document" "verifier" {
  source_policy_documents = [data.aws_iam_policy_document.restorer.json]

  statement {
    sid       = "StoreResults"
    actions   = concat(["s3:PutObject"], var.object_tags ? ["s3:PutObjectTagging"] : [])
    resources = ["${local.objects}verifications/*"]
  }

  statement {
    sid       = "NeverOverwrite"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${local.objects}verifications/*"]

    condition {
      test     = "Null"
      variable = "s3:if-none-match"
      values   = ["true"]
    }
  }

  dynamic "statement" {
    for_each = local.kms

    content {
      sid       = "Encrypt"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "pruner" {
  source_policy_documents = [data.aws_iam_policy_document.restorer.json]

  statement {
    sid       = "Uploads"
    actions   = ["s3:ListBucketMultipartUploads"]
    resources = [aws_s3_bucket.backup.arn]
  }

  statement {
    sid       = "Remove"
    actions   = ["s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = ["${local.objects}*"]
  }
}

resource "aws_iam_policy" "writer" {
  name        = "${var.policy_name_prefix}-writer"
  description = "Coldstream: creates backups; cannot overwrite, delete or read data"
  policy      = data.aws_iam_policy_document.writer.json
  tags        = var.tags
}

resource "aws_iam_policy" "restorer" {
  name        = "${var.policy_name_prefix}-restorer"
  description = "Coldstream: reads backups"
  policy      = data.aws_iam_policy_document.restorer.json
  tags        = var.tags
}

resource "aws_iam_policy" "verifier" {
  name        = "${var.policy_name_prefix}-verifier"
  description = "Coldstream: reads backups and stores what verifications find"
  policy      = data.aws_iam_policy_document.verifier.json
  tags        = var.tags
}

resource "aws_iam_policy" "pruner" {
  name        = "${var.policy_name_prefix}-pruner"
  description = "Coldstream: reads backups and removes old ones"
  policy      = data.aws_iam_policy_document.pruner.json
  tags        = var.tags
}
