module bindery.invalid/runtime

go 1.21
