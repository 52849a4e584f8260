"""Community cultural activities managed as projects (社区文化活动项目化管理): seed S4."""
