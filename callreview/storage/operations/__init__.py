"""What users do, one frozen dataclass per action; `Workspace.apply` runs and journals them."""
