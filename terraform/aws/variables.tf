variable "bucket" {
  description = "Name of the bucket to create."
  type        = string
}

variable "prefix" {
  description = "Where in the bucket the repository stands; empty for the whole bucket."
  type        = string
  default     = ""
}

variable "kms_key_arn" {
  description = "KMS key that new objects are encrypted under; null for keys that S3 manages."
  type        = string
  default     = null
}

variable "policy_name_prefix" {
  description = "What the names of the policies begin with."
  type        = string
  default     = "coldstream"
}

variable "abort_unfinished_after_days" {
  description = "After how many days an upload that broke off is removed."
  type        = number
  default     = 7

  validation {
    condition     = var.abort_unfinished_after_days >= 1
    error_message = "At least one day: a running upload must not be removed."
  }
}

variable "keep_pruned_days" {
  description = "For how many days a removed object can still be brought back."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_pruned_days >= 1
    error_message = "At least one day."
  }
}

variable "object_tags" {
  description = "Whether backups are made with the setting tags: the writer may then change tags of existing objects, too."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}
