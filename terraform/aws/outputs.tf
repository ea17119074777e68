output "repository_url" {
  description = "What Coldstream is given as --repo."
  value       = "s3://${aws_s3_bucket.backup.id}/${trim(var.prefix, "/")}"
}

output "bucket_arn" {
  description = "The bucket."
  value       = aws_s3_bucket.backup.arn
}

output "writer_policy_arn" {
  description = "Policy for the role that runs backup."
  value       = aws_iam_policy.writer.arn
}

output "restorer_policy_arn" {
  description = "Policy for the role that runs restore, verify, list and show."
  value       = aws_iam_policy.restorer.arn
}

output "verifier_policy_arn" {
  description = "Policy for the role that runs verify regularly, and stores its results."
  value       = aws_iam_policy.verifier.arn
}

output "pruner_policy_arn" {
  description = "Policy for the role that removes backups. No command of this version does."
  value       = aws_iam_policy.pruner.arn
}
